package opd.simulation.day;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import opd.domain.AuditKind;
import opd.record.Encoding;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.service.FacilityServices;

/// What the audit log says after the day: how many entries of each kind, whether its chains are
/// linked, and a digest over their heads.
public final class AuditChains {
  private final Map<String, StoredEntry> heads = new HashMap<>();
  private final Map<AuditKind, Integer> kinds = new EnumMap<>(AuditKind.class);
  private final TreeSet<String> actors = new TreeSet<>();
  private final List<String> breaks = new ArrayList<>();

  /// In the order of the digest: by kind, then by id.
  ///
  /// @param number 0 where the id is none: ids are numbers, so that slot/2 comes before slot/10;
  ///   codes are not, and sort as text
  private record Place(String kind, long number, String chain) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::kind)
            .thenComparingLong(Place::number)
            .thenComparing(Place::chain);

    static Place of(String chain) {
      String kind = chain.split("/", -1)[0];
      String id = chain.substring(chain.indexOf('/') + 1);
      return new Place(kind, id.matches("[0-9]+") ? Long.parseLong(id) : 0, chain);
    }
  }

  private AuditChains() {}

  public static AuditChains read(FacilityServices desk) {
    AuditChains chains = new AuditChains();
    desk.audit().read(AuditService.Query.EVERYTHING, chains::add);
    return chains;
  }

  private void add(StoredEntry entry) {
    StoredEntry before = heads.put(entry.chain(), entry);
    long number = before == null ? 1 : before.number() + 1;
    String previous = before == null ? null : before.hash();
    if (entry.number() != number || !Objects.equals(entry.previous(), previous)) {
      breaks.add("entry %d of %s does not follow".formatted(entry.number(), entry.chain()));
    }
    kinds.merge(entry.kind(), 1, Integer::sum);
    actors.add(entry.actor());
  }

  /// Where an entry does not follow the one before it.
  public List<String> breaks() {
    return List.copyOf(breaks);
  }

  public int count(AuditKind kind) {
    return kinds.getOrDefault(kind, 0);
  }

  /// Everybody who decided, in alphabetical order.
  public List<String> actors() {
    return List.copyOf(actors);
  }

  /// SHA-256 in hexadecimal digits over name, number and hash of each chain's last entry.
  public String digest() {
    List<String> fields = new ArrayList<>();
    for (Place place : heads.keySet().stream().map(Place::of).sorted(Place.ORDER).toList()) {
      StoredEntry head = Objects.requireNonNull(heads.get(place.chain()));
      fields.add(place.chain());
      fields.add(Long.toString(head.number()));
      fields.add(head.hash());
    }
    return Encoding.sha256Hex(fields.toArray(String[]::new));
  }
}
