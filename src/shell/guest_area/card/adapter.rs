//! Which graphics card is a real one.

use iced::wgpu::{Adapter, Backends, DeviceType, Instance, InstanceDescriptor};

/// The names of the real cards that wgpu finds; cards that the processor plays are not among them.
pub(super) fn real() -> Vec<String> {
    let backends = Backends::from_env().unwrap_or_default();
    let instance = Instance::new(&InstanceDescriptor {
        backends,
        ..InstanceDescriptor::default()
    });
    instance
        .enumerate_adapters(backends)
        .iter()
        .map(Adapter::get_info)
        .filter(|info| is_real(info.device_type))
        .map(|info| info.name)
        .collect()
}

fn is_real(kind: DeviceType) -> bool {
    match kind {
        DeviceType::DiscreteGpu | DeviceType::IntegratedGpu | DeviceType::VirtualGpu => true,
        // Also what a driver says that does not know: the copy in software is never wrong.
        DeviceType::Cpu | DeviceType::Other => cpu_is_fine(),
    }
}

/// Developers without a graphics card try this path on the processor, with `ESTRAN_GPU=any`.
#[cfg(feature = "probe")]
fn cpu_is_fine() -> bool {
    std::env::var_os("ESTRAN_GPU").is_some_and(|value| value == "any")
}

#[cfg(not(feature = "probe"))]
const fn cpu_is_fine() -> bool {
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn a_card_played_by_the_processor_is_no_card() {
        assert!(is_real(DeviceType::DiscreteGpu));
        assert!(is_real(DeviceType::IntegratedGpu));
        assert!(is_real(DeviceType::VirtualGpu));
        assert!(!is_real(DeviceType::Cpu));
        assert!(!is_real(DeviceType::Other));
    }
}
