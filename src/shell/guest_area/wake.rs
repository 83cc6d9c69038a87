//! From "there is a picture" on the display's thread to one message in iced.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use iced::futures::Stream;
use iced::futures::task::AtomicWaker;

const IDLE: u8 = 0;
const DUE: u8 = 1;
const SENT: u8 = 2;

/// Wakes the shell when a picture waits in the slot. Any thread may hold a clone.
///
/// At most one wake is under way: pictures that come before the shell has looked are found by
/// that same look, so a slow machine skips pictures instead of queueing messages.
#[derive(Clone, Debug, Default)]
pub struct FrameWaker {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: AtomicU8,
    task: AtomicWaker,
}

impl FrameWaker {
    /// Says that the slot holds a new picture. Call it after the picture was put.
    pub fn wake(&self) {
        let due = self
            .shared
            .state
            .compare_exchange(IDLE, DUE, Ordering::SeqCst, Ordering::SeqCst);
        if due.is_ok() {
            self.shared.task.wake();
        }
    }

    /// Says that the shell is about to look into the slot. Call it before taking the picture.
    pub(super) fn looking(&self) {
        self.shared.state.store(IDLE, Ordering::SeqCst);
    }
}

struct Wakes(FrameWaker);

impl Stream for Wakes {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<()>> {
        let shared = &self.0.shared;
        shared.task.register(context.waker());
        let sent = shared
            .state
            .compare_exchange(DUE, SENT, Ordering::SeqCst, Ordering::SeqCst);
        match sent {
            Ok(_) => Poll::Ready(Some(())),
            Err(_) => Poll::Pending,
        }
    }
}

/// The wakes as a stream, for `Task::run` when the shell starts. One stream a waker: of two, only
/// the latest polled would be woken.
pub fn frame_stream(waker: FrameWaker) -> impl Stream<Item = ()> + Send + 'static {
    Wakes(waker)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::sync::atomic::AtomicBool;
    use std::task::{Wake, Waker};

    use iced::futures::{FutureExt, StreamExt};

    use super::*;

    #[test]
    fn many_pictures_make_one_wake_until_the_shell_looks() {
        let frames = FrameWaker::default();
        let mut wakes = Box::pin(frame_stream(frames.clone()));
        assert!(
            wakes.next().now_or_never().is_none(),
            "nothing was drawn yet"
        );
        frames.wake();
        frames.wake();
        assert_eq!(wakes.next().now_or_never(), Some(Some(())));
        frames.wake();
        assert!(wakes.next().now_or_never().is_none(), "one is under way");
        frames.looking();
        frames.wake();
        assert_eq!(wakes.next().now_or_never(), Some(Some(())));
    }

    #[derive(Default)]
    struct Bell(AtomicBool);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_wake_from_another_thread_rings() {
        let frames = FrameWaker::default();
        let mut wakes = Box::pin(frame_stream(frames.clone()));
        let bell = Arc::new(Bell::default());
        let task = Waker::from(Arc::clone(&bell));
        let mut context = Context::from_waker(&task);
        assert!(wakes.as_mut().poll_next(&mut context).is_pending());
        assert!(!bell.0.load(Ordering::SeqCst));
        std::thread::spawn(move || frames.wake()).join().unwrap();
        assert!(bell.0.load(Ordering::SeqCst));
        let next = wakes.as_mut().poll_next(&mut context);
        assert_eq!(next, Poll::Ready(Some(())));
    }
}
