//! Waiting for something to become true, with a sentence when it does not.

use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

const STEP: Duration = Duration::from_millis(40);

/// Asks `look` again and again until it has an answer.
///
/// # Errors
/// When `limit` is over, saying `what` was waited for and the last thing that `look` complained of.
pub fn wait_for<T>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + limit;
    loop {
        let complaint = match look() {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => String::new(),
            Err(error) => format!(" (last answer: {error})"),
        };
        if Instant::now() >= end {
            return Err(format!("waited {limit:?} in vain for {what}{complaint}").into());
        }
        thread::sleep(STEP);
    }
}

/// Like [`wait_for`], for a question with a yes.
///
/// # Errors
/// When `limit` is over.
pub fn wait_until(what: &str, limit: Duration, mut look: impl FnMut() -> Result<bool>) -> Result {
    wait_for(what, limit, || Ok(look()?.then_some(())))
}
