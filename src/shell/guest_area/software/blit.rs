//! The copy itself.

use super::region::Region;

/// Copies the pixels of `region` (window coordinates) from an RGBA picture whose top left lies at
/// `origin` into a window of `width` pixels a row, in the window's order (blue lowest).
///
/// Nothing is copied where either side has no pixel.
pub(super) fn copy(
    window: &mut [u32],
    width: u32,
    picture: &[u8],
    stride: u32,
    origin: (u32, u32),
    region: Region,
) {
    let left = region.left as usize;
    let wide = region.width() as usize;
    let from = (region.left - origin.0) as usize * 4;
    let source = picture
        .chunks_exact(stride as usize * 4)
        .skip((region.top - origin.1) as usize);
    let target = window
        .chunks_exact_mut(width as usize)
        .skip(region.top as usize)
        .take(region.height() as usize);
    for (target, source) in target.zip(source) {
        let Some(target) = target.get_mut(left..left + wide) else {
            return;
        };
        let Some(source) = source.get(from..from + wide * 4) else {
            return;
        };
        for (target, source) in target.iter_mut().zip(source.chunks_exact(4)) {
            *target = 0xFF00_0000
                | u32::from(source[0]) << 16
                | u32::from(source[1]) << 8
                | u32::from(source[2]);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn only_the_region_is_copied_and_red_stays_red() {
        let picture: Vec<u8> = (0..4).flat_map(|n| [200, n, 7, 0]).collect();
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
