//! The copy itself.

use super::region::Region;

/// Copies the pixels of `region` (window coordinates) from a picture whose top left lies at
/// `origin` into a window of `width` pixels a row. Both have the same order: nothing is converted.
///
/// Nothing is copied where either side has no pixel.
pub(super) fn copy(
    window: &mut [u32],
    width: u32,
    picture: &[u32],
    stride: u32,
    origin: (u32, u32),
    region: Region,
) {
    let left = region.left as usize;
    let wide = region.width() as usize;
    let from = (region.left - origin.0) as usize;
    let source = picture
        .chunks_exact(stride as usize)
        .skip((region.top - origin.1) as usize);
    let target = window
        .chunks_exact_mut(width as usize)
        .skip(region.top as usize)
        .take(region.height() as usize);
    for (target, source) in target.zip(source) {
        let Some(target) = target.get_mut(left..left + wide) else {
            return;
        };
        let Some(source) = source.get(from..from + wide) else {
            return;
        };
        target.copy_from_slice(source);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn only_the_region_is_copied_and_red_stays_red() {
        let picture: Vec<u32> = (0..4).map(|n| 0xFFC8_0007 | n << 8).collect();
        let mut window = vec![0; 9];
        let region = Region {
            left: 2,
            top: 1,
            right: 3,
            bottom: 3,
        };
        copy(&mut window, 3, &picture, 2, (1, 1), region);
        let (one, three) = (0xFFC8_0107, 0xFFC8_0307);
        assert_eq!(window, [0, 0, 0, 0, 0, one, 0, 0, three]);
    }
}
