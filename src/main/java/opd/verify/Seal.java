package opd.verify;

import java.time.Instant;

/// What a seal notes of the log besides its heads.
///
/// @param time when it was made, by the clock that dates the decisions
/// @param count how many entries the log held
/// @param digest over the heads, see [SealDigest]
public record Seal(Instant time, long count, String digest) {

  /// What is known before the heads are read.
  public record Beginning(Instant time, long count) {}

  /// The last entry of a chain.
  ///
  /// @param chain `slot/ID`, `doctor/CODE` or `patient/ID`
  /// @param number in the chain
  /// @param hash in hexadecimal digits
  public record Head(String chain, long number, String hash) {}
}
