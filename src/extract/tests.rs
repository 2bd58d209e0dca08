//! Each reader on files made from our own words.
