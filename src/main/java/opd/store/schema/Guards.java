package opd.store.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.Transaction;
import opd.store.schema.GuardDifference.Remedy;
import org.jooq.DSLContext;

/// Compares what holds the rules in the database with what the migrations made: who has the
/// server's highest rights can take a guard away, and nothing else would tell.
public final class Guards {
  private static final String RIGHTS = "rights of ";
  private static final String NOTHING = "nothing";
  private static final String MISSING = "missing";

  private Guards() {}

  /// What differs, by object. The facility must have this program's schema.
  public static List<GuardDifference> differences(Transaction transaction, FacilityName facility) {
    Set<String> absent = absentRoles(transaction.sql(), facility);
    return differences(
        CatalogueLine.expected(facility, transaction.isCitus()).stream()
            .filter(line -> !absent.contains(line.property()))
            .toList(),
        CatalogueLine.read(transaction, facility),
        facility);
  }

  /// Whether making functions and triggers anew mends something.
  static boolean areToBeRepeated(Transaction transaction, FacilityName facility) {
    return differences(transaction, facility).stream()
        .anyMatch(difference ->
            difference.remedy() == Remedy.MIGRATE && isFunctionOrTrigger(difference.object()));
  }

  private static boolean isFunctionOrTrigger(String object) {
    return object.startsWith("function ") || object.startsWith("trigger ");
  }

  /// The rights of roles that there are not are missing nowhere.
  private static Set<String> absentRoles(DSLContext sql, FacilityName facility) {
    return Stream.of(FacilityRole.DESK, FacilityRole.ROOM, FacilityRole.AUDITOR)
        .map(facility::role)
        .filter(role -> !Rights.exists(sql, role))
        .map(role -> RIGHTS + role)
        .collect(Collectors.toSet());
  }

  private static List<GuardDifference> differences(
      List<CatalogueLine> expected, List<CatalogueLine> found, FacilityName facility) {
    Map<String, Map<String, String>> wanted = byObject(expected);
    Map<String, Map<String, String>> there = byObject(found);
    Set<String> objects = new TreeSet<>(wanted.keySet());
    objects.addAll(there.keySet());
    List<GuardDifference> differences = new ArrayList<>();
    for (String object : objects) {
      differences.addAll(
          new Comparison(
                  object,
                  wanted.getOrDefault(object, Map.of()),
                  there.getOrDefault(object, Map.of()),
                  facility)
              .differences());
    }
    return differences;
  }

  private static Map<String, Map<String, String>> byObject(List<CatalogueLine> lines) {
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                CatalogueLine::object,
                TreeMap::new,
                Collectors.toMap(
                    CatalogueLine::property,
                    CatalogueLine::value,
                    (one, other) -> one + "; " + other,
                    TreeMap::new)));
  }

  /// Of one object.
  private record Comparison(
      String object, Map<String, String> wanted, Map<String, String> there, FacilityName facility) {

    List<GuardDifference> differences() {
      // A column's definition and its rights are one object: the rights alone are told apart.
      if (there.keySet().stream().noneMatch(wanted::containsKey) && isMade(wanted)) {
        return List.of(difference("", wanted, "there", MISSING));
      }
      if (wanted.isEmpty() && isMade(there)) {
        return List.of(difference("", there, NOTHING, first(there)));
      }
      Set<String> properties = new HashSet<>(wanted.keySet());
      properties.addAll(there.keySet());
      return properties.stream()
          .sorted()
          .filter(property ->
              !wanted.getOrDefault(property, "").equals(there.getOrDefault(property, "")))
          .map(property ->
              difference(
                  property,
                  wanted,
                  wanted.getOrDefault(property, NOTHING),
                  there.getOrDefault(property, NOTHING)))
          .toList();
    }

    private static boolean isMade(Map<String, String> properties) {
      return properties.containsKey("definition") || properties.containsKey("kind");
    }

    private static String first(Map<String, String> properties) {
      return properties.getOrDefault("definition", properties.getOrDefault("kind", ""));
    }

    private GuardDifference difference(
        String property, Map<String, String> made, String expected, String found) {
      return new GuardDifference(object, property, expected, found, remedy(property, made));
    }

    private Remedy remedy(String property, Map<String, String> made) {
      if (property.equals("owner")) {
        return Remedy.ROLES;
      }
      if (isFunctionOrTrigger(object) && wanted.equals(made)) {
        return isOfTables() || isOfOthers(property) ? Remedy.BY_HAND : Remedy.MIGRATE;
      }
      boolean isRight = property.startsWith(RIGHTS) && !object.startsWith("parameter ");
      return isRight && !isOfOthers(property) ? Remedy.MIGRATE : Remedy.BY_HAND;
    }

    /// Columns and checks are made of it, and no migration makes it twice.
    private boolean isOfTables() {
      return object.startsWith("function is_plain_text(");
    }

    /// Of roles that are not the facility's.
    private boolean isOfOthers(String property) {
      return property.startsWith(RIGHTS)
          && Stream.of(
                  "everybody",
                  facility.role(FacilityRole.DESK),
                  facility.role(FacilityRole.ROOM),
                  facility.role(FacilityRole.AUDITOR))
              .noneMatch(whose -> property.equals(RIGHTS + whose));
    }
  }
}
