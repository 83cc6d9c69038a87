//! A browser as small as it can be: a cookie, a form token, no script.

use ureq::http::{Response, header};
use ureq::{Agent, Body};

pub struct Client {
    agent: Agent,
    base: String,
    pub cookie: String,
}

/// An answer, read to its end.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The text between two marks.
    pub fn between(&self, start: &str, end: &str) -> &str {
        let (_, rest) = self
            .text()
            .split_once(start)
            .unwrap_or_else(|| panic!("{start}: {}", self.text()));
        rest.split_once(end).unwrap().0
    }

    pub fn token(&self) -> String {
        self.between("name=\"jeton\" value=\"", "\"").to_owned()
    }

    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }
}

impl Client {
    pub fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.new_agent(),
            base: base.to_owned(),
            cookie: String::new(),
        }
    }

    fn finish(&mut self, response: Response<Body>) -> Page {
        let (parts, mut body) = response.into_parts();
        let header = |name| {
            let value = parts.headers.get(name).map(|v| v.to_str().unwrap());
            value.unwrap_or_default().to_owned()
        };
        let set = header(header::SET_COOKIE);
        if let Some((cookie, _)) = set.split_once(';') {
            assert!(
                set.contains("HttpOnly") && set.contains("SameSite=Strict"),
                "{set}"
            );
            cookie.clone_into(&mut self.cookie);
        }
        Page {
            status: parts.status.as_u16(),
            location: header(header::LOCATION),
            bytes: body.read_to_vec().unwrap(),
            headers: parts.headers,
        }
    }

    pub fn get(&mut self, path: &str) -> Page {
        let request = self.agent.get(format!("{}{path}", self.base));
        let response = request.header("cookie", &self.cookie).call().unwrap();
        self.finish(response)
    }

    pub fn post_raw(&mut self, path: &str, kind: &str, body: &[u8]) -> Page {
        let request = self.agent.post(format!("{}{path}", self.base));
        let response = request
            .header("cookie", &self.cookie)
            .header("content-type", kind)
            .send(body)
            .unwrap();
        self.finish(response)
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            form.append_pair(name, value);
        }
        let body = form.finish();
        self.post_raw(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Opens a page and sends its form, as a person does.
    pub fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get(path).token();
        let mut all = vec![("jeton", token.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    pub fn upload(&mut self, token: &str, name: &str, content: &[u8]) -> Page {
        let mut body = format!(
            "--LIMIT\r\nContent-Disposition: form-data; name=\"jeton\"\r\n\r\n{token}\r\n\
             --LIMIT\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--LIMIT--\r\n");
        self.post_raw(
            "/demande/justificatif",
            "multipart/form-data; boundary=LIMIT",
            &body,
        )
    }
}
