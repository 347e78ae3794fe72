package opd.simulation.plan;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The one source of chance of a generated day: a generator named by its algorithm, with an
/// explicit seed. Everything is worked out of uniform doubles with [StrictMath], because the last
/// bit of [Math]'s functions, and the library's own distributions, may differ between machines.
final class Chance {
  private static final String ALGORITHM = "L64X128MixRandom";

  private final RandomGenerator generator;

  Chance(long seed) {
    generator = RandomGeneratorFactory.of(ALGORITHM).create(seed);
  }

  boolean happens(double probability) {
    return generator.nextDouble() < probability;
  }

  /// From 0 to one less than the bound.
  int below(int bound) {
    return (int) (generator.nextDouble() * bound);
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(1 - generator.nextDouble());
  }

  /// @param variation coefficient of variation: standard deviation over mean
  double logNormal(double mean, double variation) {
    double variance = StrictMath.log(1 + variation * variation);
    double mu = StrictMath.log(mean) - variance / 2;
    return StrictMath.exp(mu + StrictMath.sqrt(variance) * standardNormal());
  }

  /// Box and Muller 1958.
  private double standardNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - generator.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * generator.nextDouble());
  }

  /// A place in [0, 1) whose density is constant over equal pieces, in proportion to the weights.
  double within(List<Double> weights) {
    double left = generator.nextDouble() * weights.stream().mapToDouble(Double::doubleValue).sum();
    int piece = 0;
    while (piece < weights.size() - 1 && left >= weights.get(piece)) {
      left -= weights.get(piece);
      piece++;
    }
    return (piece + Math.min(left / weights.get(piece), MOST_BELOW_ONE)) / weights.size();
  }

  private static final double MOST_BELOW_ONE = Math.nextDown(1.0);
}
