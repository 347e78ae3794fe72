package opd.domain;

/// Where a request came from. It is recorded and reported, and decides nothing.
public enum TokenSource {
  WALK_IN,
  ONLINE,
  STAFF,
  APP
}
