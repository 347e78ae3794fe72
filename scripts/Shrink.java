import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Leaves out of a library's jar the methods that a program cannot come to: the JVM takes its time for each method of
/// each class that it has in its AOT cache, called or not. Run by scripts/shrink with both jars on the class path.
///
/// A method stays when a method of its name and types, whoever's, is called by the program or by a method that stays, or
/// is one of a class of Java or of another library that a class here extends. Classes stay as they are that nothing
/// names. So only what is found by reflection alone, by its name, could be missed: the library must not do that with its
/// own methods.
final class Shrink {
  // Called by Java itself.
  private static final Set<String> ALWAYS =
      Set.of("<clinit>", "values", "valueOf", "readObject", "writeObject", "readResolve", "writeReplace");

  // The licence asks for it.
  private static final String CHANGED =
      "This copy was changed: methods that the program beside it cannot come to were left out.\n";

  private final Map<String, ClassModel> library = new HashMap<>();
  private final Set<String> called = new HashSet<>();
  private final Set<String> named = new HashSet<>();
  private final Set<String> opened = new HashSet<>();
  private final Set<MethodModel> kept = new HashSet<>();

  /// @param arguments the program's jar, the library's jar
  public static void main(String[] arguments) throws IOException {
    new Shrink().shrink(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  private void shrink(Path program, Path jar) throws IOException {
    for (byte[] bytes : classes(jar).values()) {
      ClassModel model = ClassFile.of().parse(bytes);
      library.put(model.thisClass().asInternalName(), model);
    }
    for (byte[] bytes : classes(program).values()) {
      ClassFile.of().parse(bytes).constantPool().forEach(this::note);
    }
    while (follow()) {}
    write(jar);
  }

  private static Map<String, byte[]> classes(Path jar) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(Shrink::isClass).toList()) {
        classes.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return classes;
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
  }

  /// All that the program names counts as called.
  private void note(PoolEntry entry) {
    switch (entry) {
      case FieldRefEntry field -> named.add(field.owner().asInternalName());
      case MemberRefEntry method -> {
        named.add(method.owner().asInternalName());
        called.add(method.name().stringValue() + method.type().stringValue());
      }
      case ClassEntry type -> named.add(internal(type.asSymbol()));
      case PoolEntry _ -> {}
    }
  }

  /// Whether anything was found that leads further.
  private boolean follow() {
    boolean found = false;
    for (ClassModel model : library.values()) {
      if (named.contains(model.thisClass().asInternalName())) {
        found |= opened.add(model.thisClass().asInternalName()) && open(model);
        for (MethodModel method : model.methods()) {
          found |= stays(method) && kept.add(method) && follow(method);
        }
      }
    }
    return found;
  }

  private boolean stays(MethodModel method) {
    String name = method.methodName().stringValue();
    return ALWAYS.contains(name) || called.contains(name + method.methodType().stringValue());
  }

  /// What a class extends is named with it, and what it inherits from elsewhere may be called there.
  private boolean open(ClassModel model) {
    Stream.concat(model.superclass().stream(), model.interfaces().stream())
        .map(ClassEntry::asInternalName)
        .forEach(parent -> {
          named.add(parent);
          if (!library.containsKey(parent)) {
            inherited(parent.replace('/', '.'));
          }
        });
    return true;
  }

  private void inherited(String parent) {
    try {
      for (Class<?> type = Class.forName(parent, false, Shrink.class.getClassLoader()); type != null;
          type = type.getSuperclass()) {
        Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getDeclaredMethods()))
            .map(Shrink::key)
            .forEach(called::add);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }

  private boolean follow(MethodModel method) {
    method.code().ifPresent(code -> code.forEach(element -> {
      switch (element) {
        case InvokeInstruction call -> note(call.method());
        case FieldInstruction field -> note(field.field());
        case NewObjectInstruction made -> note(made.className());
        case NewReferenceArrayInstruction array -> note(array.componentType());
        case TypeCheckInstruction check -> note(check.type());
        case ConstantInstruction constant -> constant(constant.constantValue());
        case InvokeDynamicInstruction dynamic -> dynamic(dynamic);
        default -> {}
      }
    }));
    return true;
  }

  private void dynamic(InvokeDynamicInstruction dynamic) {
    dynamic.bootstrapArgs().forEach(this::constant);
    // A lambda's own method.
    if (!dynamic.bootstrapArgs().isEmpty() && dynamic.bootstrapArgs().getFirst() instanceof MethodTypeDesc type) {
      called.add(dynamic.name().stringValue() + type.descriptorString());
    }
    named.add(internal(dynamic.typeSymbol().returnType()));
  }

  private void constant(ConstantDesc constant) {
    if (constant instanceof ClassDesc type) {
      named.add(internal(type));
    } else if (constant instanceof DirectMethodHandleDesc handle) {
      named.add(internal(handle.owner()));
      called.add(handle.methodName() + handle.lookupDescriptor());
    }
  }

  private static String internal(ClassDesc type) {
    String text = type.descriptorString();
    return text.substring(text.indexOf('L') + 1, text.length() - (text.endsWith(";") ? 1 : 0));
  }

  private byte[] shrunk(ClassModel model) {
    boolean isWhole =
        model.flags().has(AccessFlag.ANNOTATION) || !opened.contains(model.thisClass().asInternalName());
    Set<MethodModel> dropped =
        isWhole ? Set.of() : model.methods().stream().filter(method -> !kept.contains(method)).collect(toSet());
    return ClassFile.of(
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(Shrink.class.getClassLoader())))
        .transformClass(
            model, ClassTransform.dropping(each -> each instanceof MethodModel method && dropped.contains(method)));
  }

  private void write(Path jar) throws IOException {
    Path shrunk = jar.resolveSibling(jar.getFileName() + ".new");
    LocalDateTime time = null;
    try (ZipFile zip = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(shrunk);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : zip.stream().toList()) {
        ClassModel model = library.get(entry.getName().replaceFirst("\\.class$", ""));
        byte[] bytes = model == null ? zip.getInputStream(entry).readAllBytes() : shrunk(model);
        add(out, entry.getName(), entry.getTimeLocal(), bytes);
        time = entry.getTimeLocal();
      }
      add(out, "META-INF/CHANGED.txt", time, CHANGED.getBytes(StandardCharsets.UTF_8));
    }
    Files.move(shrunk, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void add(ZipOutputStream out, String name, LocalDateTime time, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    out.putNextEntry(entry);
    out.write(bytes);
  }
}
