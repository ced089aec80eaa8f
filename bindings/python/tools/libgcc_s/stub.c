// What the wheels that are handed out take from the system's libgcc_s.so.1, for the linker: the way out of a thread.
//
// zig links a library of its own for it. A thread that Python ends while it waits for the interpreter's lock is unwound by the
// C library through the system's, and the two don't know each other's records: the process crashes at its end.
// The functions' types don't matter to a linker, and nothing of this file is in the wheel.

void _Unwind_Backtrace(void) {}
void _Unwind_DeleteException(void) {}
void _Unwind_FindEnclosingFunction(void) {}
void _Unwind_ForcedUnwind(void) {}
void _Unwind_GetCFA(void) {}
void _Unwind_GetDataRelBase(void) {}
void _Unwind_GetGR(void) {}
void _Unwind_GetIP(void) {}
void _Unwind_GetIPInfo(void) {}
void _Unwind_GetLanguageSpecificData(void) {}
void _Unwind_GetRegionStart(void) {}
void _Unwind_GetTextRelBase(void) {}
void _Unwind_RaiseException(void) {}
void _Unwind_Resume(void) {}
void _Unwind_Resume_or_Rethrow(void) {}
void _Unwind_SetGR(void) {}
void _Unwind_SetIP(void) {}
