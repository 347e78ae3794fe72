package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import opd.testing.Extent;
import opd.testing.Wire;
import opd.testing.Wire.Afterwards;
import opd.testing.Wire.Manner;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The connection of a desk is cut at the messages of an allocation: at length at every third of
/// each.
@Order(8)
final class CutConnectionTest {
  private static final int MOST_CUTS = 720;
  private static final Duration BLACK_HOLE = Duration.ofSeconds(5);

  @Test
  void whatADeskIsToldWhenNothingGetsThroughAnyMoreIsExact() throws Exception {
    check(
        List.of(Manner.FIN, Manner.RST), Afterwards.STAYS_DOWN, Extent.of(10, 1), Set.of(0, 5, 6));
  }

  @Test
  void aDeskWhoseConnectionIsCutGoesOnOnAnotherAndItHappensOnce() throws Exception {
    check(List.of(Manner.RST, Manner.FIN), Afterwards.HEALS, Extent.of(10, 1), Set.of(0));
  }

  @Test
  void aNetworkThatSwallowsEverythingIsGivenUpInTime() throws Exception {
    check(List.of(Manner.BLACK_HOLE), Afterwards.STAYS_DOWN, 11, Set.of(5, 6));
  }

  @Test
  void whatAPoolerTellsOfALostServerIsNotTakenForARefusal() throws Exception {
    check(List.of(Manner.POOLER), Afterwards.STAYS_DOWN, 8, Set.of(0, 5, 6));
    check(List.of(Manner.POOLER), Afterwards.HEALS, 13, Set.of(0));
  }

  /// Up to the last cut, which comes after the command has its answer.
  ///
  /// @param step between one cut and the next, in thirds of a message
  /// @param exits that must be among those given
  private static void check(
      List<Manner> manners, Afterwards afterwards, int step, Set<Integer> exits) throws Exception {
    try (CutFacility facility = new CutFacility()) {
      CutRound round = facility.round(CutWork.ALLOCATION);
      Wire.Heard heard = round.listen(MOST_CUTS / step);
      List<Wire.Cut> all = CutRound.everywhere(heard, manners, afterwards);
      List<Wire.Cut> cuts =
          IntStream.range(0, all.size() / step)
              .mapToObj(index -> all.get(all.size() - 1 - index * step))
              .toList();
      CutRound.Result result = round.run(heard, cuts, BLACK_HOLE, Reckoning.Settling.BY_REQUEST_ID);

      assertThat(result.problems()).isEmpty();
      assertThat(result.exits()).containsKeys(exits.toArray(Integer[]::new));
      // The last message is spoken after the command has its answer.
      assertThat(result.reached()).isGreaterThanOrEqualTo(cuts.size() - Wire.Place.values().length);
    }
  }
}
