package opd.simulation.day;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import opd.domain.AuditKind;
import opd.record.Encoding;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.service.FacilityServices;

/// What the audit log says after the day: how many entries of each kind, whether its chains are
/// linked, and a digest over their heads.
public final class AuditChains {
  private static final Comparator<String> BY_KIND_AND_ID =
      Comparator.comparing((String chain) -> chain.split("/", -1)[0])
          // Ids are numbers, so that slot/2 comes before slot/10; codes are not, and sort as text.
          .thenComparingLong(AuditChains::number)
          .thenComparing(Comparator.naturalOrder());

  private final Map<String, StoredEntry> heads = new TreeMap<>(BY_KIND_AND_ID);
  private final Map<AuditKind, Integer> kinds = new EnumMap<>(AuditKind.class);
  private final TreeSet<String> actors = new TreeSet<>();
  private final List<String> breaks = new ArrayList<>();

  private AuditChains() {}

  public static AuditChains read(FacilityServices desk) {
    AuditChains chains = new AuditChains();
    desk.audit().read(AuditService.Query.EVERYTHING, chains::add);
    return chains;
  }

  private static long number(String chain) {
    String id = chain.substring(chain.indexOf('/') + 1);
    return id.matches("[0-9]+") ? Long.parseLong(id) : 0;
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
    heads.forEach((chain, head) -> {
      fields.add(chain);
      fields.add(Long.toString(head.number()));
      fields.add(head.hash());
    });
    return Encoding.sha256Hex(fields.toArray(String[]::new));
  }
}
