//! The hands and eyes of a black-box test.
