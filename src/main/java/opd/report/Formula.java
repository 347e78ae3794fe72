package opd.report;

import java.util.List;
import java.util.OptionalLong;

/// How a figure is worked out from what was counted. Divisions are rounded half up; quantiles are
/// by nearest rank.
sealed interface Formula {
  int MEDIAN = 50;
  int NINE_TENTHS = 90;
  int LONGEST = 100;

  /// So many.
  record Sum(List<Count> counts) implements Formula {}

  /// So many, if there are such lengths at all.
  record SumBeside(Count count, Spread needed) implements Formula {}

  /// The one less the other.
  record Rest(Count all, Count part) implements Formula {}

  /// Tenths of a percent.
  record Share(Count part, List<Count> all) implements Formula {}

  /// An end of the interval in which the share lies with 95 % certainty, after Wilson.
  record Bound(Count part, List<Count> all, boolean isUpper) implements Formula {}

  /// How many lengths there are.
  record Size(Spread lengths) implements Formula {}

  /// The length that so many of a hundred do not exceed.
  record Quantile(Spread lengths, int percent) implements Formula {}

  /// Tenths of a percent of the lengths that are not longer.
  record Within(Spread lengths, int most) implements Formula {}

  /// The hour with the most requests.
  record PeakHour() implements Formula {}

  /// How many requests there were in it.
  record PeakRequests() implements Formula {}

  /// The median of those who gave places.
  ///
  /// @param which 0 for emergencies, 1 for those that took a place
  record ActorsMedian(int which) implements Formula {}

  /// The value, or empty where there is nothing to work it out from.
  default OptionalLong value(Tally tally, Tally.Levers levers) {
    return switch (this) {
      case Sum(var counts) -> OptionalLong.of(sum(tally, counts));
      case SumBeside(var count, var needed) ->
          tally.of(needed).size() == 0 ? OptionalLong.empty() : OptionalLong.of(tally.of(count));
      case Rest(var all, var part) -> OptionalLong.of(tally.of(all) - tally.of(part));
      case Share(var part, var all) -> Ratio.permille(tally.of(part), sum(tally, all));
      case Bound(var part, var all, var isUpper) ->
          Ratio.wilson(tally.of(part), sum(tally, all), isUpper);
      case Size(var lengths) -> OptionalLong.of(tally.of(lengths).size());
      case Quantile(var lengths, var percent) -> {
        Lengths own = tally.of(lengths);
        yield own.size() == 0 ? OptionalLong.empty() : OptionalLong.of(own.quantile(percent));
      }
      case Within(var lengths, var most) -> {
        Lengths own = tally.of(lengths);
        yield Ratio.permille(own.within(most), own.size());
      }
      case PeakHour() ->
          tally.peakHour() < 0 ? OptionalLong.empty() : OptionalLong.of(tally.peakHour());
      case PeakRequests() ->
          tally.peakHour() < 0
              ? OptionalLong.of(0)
              : OptionalLong.of(tally.requestsAt(tally.peakHour()));
      case ActorsMedian(var which) ->
          levers.actors() == 0 ? OptionalLong.empty() : OptionalLong.of(levers.median(which));
    };
  }

  /// Whether it is a number of patients.
  default boolean countsPatients() {
    return switch (this) {
      case Sum(var counts) -> counts.stream().allMatch(Count::isOfPatients);
      case Rest(var all, var _) -> all.isOfPatients();
      case Size(var lengths) -> lengths.isOfPatients();
      case PeakRequests _, ActorsMedian _ -> true;
      case SumBeside _, Share _, Bound _, Quantile _, Within _, PeakHour _ -> false;
    };
  }

  /// Whether it is a number of patients that all groups add up to.
  default boolean isAdditive() {
    return switch (this) {
      case Sum _, Rest _, Size _ -> countsPatients();
      case PeakRequests _, ActorsMedian _ -> false;
      case SumBeside _, Share _, Bound _, Quantile _, Within _, PeakHour _ -> false;
    };
  }

  private static long sum(Tally tally, List<Count> counts) {
    return counts.stream().mapToLong(tally::of).sum();
  }
}
