package opd.report;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import opd.domain.Days;
import org.jspecify.annotations.Nullable;

/// What the log tells of some days, in figures.
///
/// @param zone of the facility
/// @param asked what it is a report of
/// @param checkpoint how far into the log it goes
/// @param later entries of these days that were there, but of transactions that might not have been
///   the last to end; they are not in it
/// @param rows of each group in its order, and of all last
public record Report(Asked asked, ZoneId zone, Checkpoint checkpoint, long later, List<Row> rows) {

  public Report {
    rows = List.copyOf(rows);
  }

  /// What a report is asked for.
  ///
  /// @param isPublished whether small figures are left out
  public record Asked(Days days, Optional<Grouping> by, boolean isPublished) {}

  /// The figures of a group.
  ///
  /// @param group its name; null for all
  /// @param values without those that have none, such as the places of a priority
  /// @param hidden those that are left out as somebody might be found out by them
  public record Row(@Nullable String group, Map<Figure, Long> values, Set<Figure> hidden) {
    public Row {
      values = Map.copyOf(values);
      hidden = Set.copyOf(hidden);
    }

    /// Empty where there is none, or where it is left out.
    public OptionalLong value(Figure figure) {
      Long value = hidden.contains(figure) ? null : values.get(figure);
      return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
  }

  /// The figures of all.
  public Row total() {
    return rows.getLast();
  }

  /// Those of the groups.
  public List<Row> groups() {
    return rows.subList(0, rows.size() - 1);
  }
}
