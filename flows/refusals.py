"""What can be refused around Prefect: its server, its home, a run."""

from __future__ import annotations

from typing import Final

from definitions.model.exit_codes import ExitCode
from definitions.model.refusal import RefusalCode

SERVER_DIED: Final = RefusalCode("flows.ServerDied", ExitCode.SERVER)
SERVER_LATE: Final = RefusalCode("flows.ServerLate", ExitCode.SERVER)
NO_SERVER_HERE: Final = RefusalCode("flows.NoServerHere", ExitCode.SERVER)
SERVER_STUCK: Final = RefusalCode("flows.ServerStuck", ExitCode.SERVER)
SERVER_AWAY: Final = RefusalCode("flows.ServerAway", ExitCode.SERVER)
SERVER_LOCKED: Final = RefusalCode("flows.ServerLocked", ExitCode.SERVER)
RUN_REFUSED: Final = RefusalCode("flows.RunRefused", ExitCode.SERVER)
BAD_ADDRESS: Final = RefusalCode("flows.BadAddress")
NO_DATABASE: Final = RefusalCode("flows.NoDatabase")
DATA_NOT_OURS: Final = RefusalCode("flows.DataNotOurs", ExitCode.STORAGE)
HOME_HELD: Final = RefusalCode("flows.HomeHeld", ExitCode.SERVER)
HOME_DAMAGED: Final = RefusalCode("flows.HomeDamaged", ExitCode.STORAGE)
UNIT_LATE: Final = RefusalCode("flows.UnitLate", ExitCode.STORAGE)
UNIT_HANGS: Final = RefusalCode("flows.UnitHangs", ExitCode.STORAGE)
RUN_FAILED: Final = RefusalCode("flows.RunFailed", ExitCode.FAULT)
BROKEN: Final = RefusalCode("flows.Broken", ExitCode.VERIFICATION)
