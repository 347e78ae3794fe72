package opd.torture;

/// Somebody who gives commands and keeps what he is told.
interface Desk extends AutoCloseable {
  Told tell(Wish wish);

  /// Ends what the desk has running.
  @Override
  default void close() {}
}
