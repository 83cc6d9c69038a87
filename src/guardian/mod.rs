//! The one owner of the visit: one thread applies events, runs the timers the life asks for, and
//! publishes what must be true now.
