//! Every sentence, by key, in Fluent files under `kiosk-config/wording`.
