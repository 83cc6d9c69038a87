//! Whether something of the visitor's is on its way to a site: told by how much leaves the session,
//! never by what it is.

/// Less than this in a second is a page that breathes, bytes.
const BREATH: u64 = 12 * 1024;

/// So many busy seconds in a row are an upload.
const BEGIN: u32 = 2;

/// So many calm ones are its end: a site may think in between.
const END: u32 = 4;

/// Counts seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Meter {
    before: Option<(u64, u64)>,
    busy: u32,
    calm: u32,
    uploading: bool,
}

impl Meter {
    /// A second has passed, and so many bytes have gone out and come in since the beginning. Says
    /// when something began or ended.
    pub fn second(&mut self, out: u64, inward: u64) -> Option<bool> {
        let (out_before, in_before) = self.before.replace((out, inward)).unwrap_or((out, inward));
        let (out, inward) = (
            out.saturating_sub(out_before),
            inward.saturating_sub(in_before),
        );
        // What comes in is acknowledged: that is no upload.
        if out >= BREATH && out > inward / 4 {
            (self.busy, self.calm) = (self.busy.saturating_add(1), 0);
        } else {
            (self.busy, self.calm) = (0, self.calm.saturating_add(1));
        }
        let now = if self.uploading {
            self.calm < END
        } else {
            self.busy >= BEGIN
        };
        (std::mem::replace(&mut self.uploading, now) != now).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    #![allow(missing_docs)]

    use super::*;

    fn told(seconds: &[(u64, u64)]) -> Vec<(usize, bool)> {
        let mut meter = Meter::default();
        let (mut out, mut inward) = (0, 0);
        meter.second(0, 0);
        let mut told = Vec::new();
        for (at, (more_out, more_in)) in seconds.iter().enumerate() {
            (out, inward) = (out + more_out, inward + more_in);
            told.extend(meter.second(out, inward).map(|now| (at, now)));
        }
        told
    }

    #[test]
    fn an_upload_begins_goes_on_through_a_pause_and_ends() {
        let (busy, calm) = ((60_000, 1_000), (200, 3_000));
        let seconds = [
            calm, busy, busy, calm, calm, busy, calm, calm, calm, calm, calm,
        ];
        assert_eq!(told(&seconds), [(2, true), (9, false)]);
    }

    #[test]
    fn reading_is_no_upload() {
        assert_eq!(told(&[(90_000, 9_000_000); 8]), []);
        assert_eq!(told(&[(4_000, 90_000); 8]), []);
        // One long request is a form, not a file.
        assert_eq!(told(&[(40_000, 0), (0, 500_000), (0, 0)]), []);
    }
}
