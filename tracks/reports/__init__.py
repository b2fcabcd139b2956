"""Documents: values in, pages out. Templates hold the layout, catalogues hold every word, and nothing here reads or writes."""
