//! Sending metrics by OTLP/HTTP, once, with the official exporter and a client that waits.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use opentelemetry::KeyValue;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{MetricExporter, Protocol, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};

use super::metrics::Gauge;

/// How long the collector may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends all gauges in one request to `collector` (its base address) and waits for its answer.
pub(super) fn send(collector: &str, all: &[Gauge]) -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| {
        format!("sending metrics to {collector}: {error}; check the address and the collector")
    };
    let exporter = MetricExporter::builder()
        .with_http()
        .with_http_client(Client::new())
        .with_protocol(Protocol::HttpBinary)
        .with_timeout(PATIENCE)
        .with_endpoint(format!("{}/v1/metrics", collector.trim_end_matches('/')))
        .build()
        .map_err(|error| said(&error))?;
    let resource = Resource::builder_empty()
        .with_attribute(KeyValue::new("service.name", "estran"))
        .build();
    let provider = SdkMeterProvider::builder()
        .with_reader(PeriodicReader::builder(exporter).build())
        .with_resource(resource)
        .build();
    let meter = provider.meter("estran");
    for Gauge {
        name,
        labels,
        value,
    } in all
    {
        let labels = labels
            .iter()
            .map(|(key, value)| KeyValue::new(*key, value.clone()));
        let labels: Vec<KeyValue> = labels.collect();
        meter.f64_gauge(*name).build().record(*value, &labels);
    }
    let sent = provider.force_flush().map_err(|error| said(&error));
    let ended = provider.shutdown().map_err(|error| said(&error));
    sent.and(ended)
}

/// The exporter asks for a client that is asynchronous; it runs on a thread that may wait.
#[derive(Debug)]
struct Client(ureq::Agent);

impl Client {
    fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self(config.into())
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.to_vec());
        let (parts, mut body) = self.0.run(request)?.into_parts();
        let read = body.with_config().limit(64 * 1024).read_to_vec()?;
        Ok(Response::from_parts(parts, read.into()))
    }
}
