//! The pause code: three of nine pictures, in order. It lives in wiped memory and nowhere else.

use std::fmt;
use std::hint::black_box;

use zeroize::Zeroizing;

/// How many pictures there are to choose from.
pub const PICTURES: u8 = 9;

/// How many make a code.
pub const LENGTH: usize = 3;

/// What stands where nothing was touched yet.
const EMPTY: u8 = u8::MAX;

/// Pictures touched in order, up to [`LENGTH`]. Zeroed when dropped; its `Debug` tells nothing.
#[derive(Clone)]
pub struct Code(Zeroizing<[u8; LENGTH]>);

impl Default for Code {
    fn default() -> Self {
        Self(Zeroizing::new([EMPTY; LENGTH]))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    /// How many pictures were touched.
    pub fn len(&self) -> usize {
        self.0.iter().filter(|picture| **picture != EMPTY).count()
    }

    /// Nothing was touched yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Nothing is missing.
    pub fn is_whole(&self) -> bool {
        self.len() == LENGTH
    }

    /// Whether `picture` was touched.
    pub fn has(&self, picture: u8) -> bool {
        self.0.contains(&picture)
    }

    /// The pictures touched, in order.
    pub fn pictures(&self) -> impl Iterator<Item = u8> {
        self.0.iter().copied().filter(|picture| *picture != EMPTY)
    }

    /// Touches `picture`. One that does not exist, was touched already, or comes after the last
    /// is nothing.
    pub fn touch(&mut self, picture: u8) {
        let known = picture < PICTURES && !self.has(picture);
        if let Some(free) = self.0.iter_mut().find(|place| known && **place == EMPTY) {
            *free = picture;
        }
    }

    /// Begins again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether both are whole and the same. Takes as long whatever is wrong.
    pub fn opens(&self, other: &Self) -> bool {
        let differs = self
            .0
            .iter()
            .zip(other.0.iter())
            .fold(0, |sum, (a, b)| black_box(sum | (a ^ b)));
        differs == 0 && self.is_whole()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(pictures: &[u8]) -> Code {
        let mut code = Code::default();
        for picture in pictures {
            code.touch(*picture);
        }
        code
    }

    #[test]
    fn only_the_same_three_in_order_open() {
        let chosen = code(&[4, 0, 8]);
        assert!(chosen.opens(&code(&[4, 0, 8])));
        assert!(!chosen.opens(&code(&[0, 4, 8])), "another order");
        assert!(!chosen.opens(&code(&[4, 0, 7])), "another picture");
        assert!(!chosen.opens(&code(&[4, 0])), "too few");
    }

    #[test]
    fn nothing_does_not_open_nothing() {
        assert!(!Code::default().opens(&Code::default()));
        assert!(!code(&[1, 2]).opens(&code(&[1, 2])));
    }

    #[test]
    fn what_cannot_be_touched_is_nothing() {
        assert_eq!(code(&[3, 3, 9, 255]).len(), 1);
        assert_eq!(
            code(&[1, 2, 3, 4]).pictures().collect::<Vec<_>>(),
            [1, 2, 3]
        );
    }

    #[test]
    fn it_tells_nothing() {
        assert_eq!(
            format!("{:?}", code(&[1, 2, 3])),
            format!("{:?}", Code::default())
        );
    }
}
