package dev.repsr.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.ObjectInputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** What no class of any module does. */
public final class ConductRules {
    private ConductRules() {}

    /** The rules for all classes; files are created in the package {@code io} alone. */
    public static List<Rule> in(String io) {
        return List.of(
                new Rule(
                        "file creation lies in " + io,
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(io)
                                .should()
                                .callCodeUnitWhere(createsFile())
                                .as("files are created by AtomicFile alone"),
                        "WritesFiles"),
                new Rule(
                        "randomness has a seed",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage(io)
                                .should()
                                .callCodeUnitWhere(drawsWithoutSeed())
                                .as("random numbers come from a seed"),
                        "DrawsWithoutSeed"),
                new Rule(
                        "no Java deserialisation",
                        noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class),
                        "Deserialises"),
                new Rule(
                        "no Unsafe",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .haveNameMatching("(sun\\.misc|jdk\\.internal\\.misc)\\.Unsafe"),
                        "UnsafeComparator"),
                new Rule(
                        "no names that say nothing",
                        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base)(\\$.*)?"),
                        "PictureUtil"));
    }

    /** No {@code System.exit}, and no word to the standard streams, but in {@code exception}. */
    public static List<Rule> quietBut(DescribedPredicate<JavaClass> exception) {
        return List.of(exitOnlyIn(exception), silentBut(exception));
    }

    /** {@code System.exit} is called by {@code exception} alone. */
    public static Rule exitOnlyIn(DescribedPredicate<JavaClass> exception) {
        return new Rule(
                "no exit",
                noClasses()
                        .that(DescribedPredicate.not(exception))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class),
                "Exits");
    }

    /** The standard streams are used by {@code exception} alone. */
    public static Rule silentBut(DescribedPredicate<JavaClass> exception) {
        return new Rule(
                "no standard streams",
                noClasses()
                        .that(DescribedPredicate.not(exception))
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(Throwable.class, "printStackTrace"),
                "Talks");
    }

    private static DescribedPredicate<JavaCall<?>> createsFile() {
        DescribedPredicate<JavaCall<?>> opensStream = calls(FileOutputStream.class, "<init>")
                .and(DescribedPredicate.not(target(rawParameterTypes(FileDescriptor.class))));
        DescribedPredicate<JavaCall<?>> any =
                opensStream.or(calls(FileWriter.class, "<init>")).or(calls(RandomAccessFile.class, "<init>"));
        for (String method : List.of(
                "newOutputStream",
                "write",
                "writeString",
                "newBufferedWriter",
                "createFile",
                "createTempFile",
                "copy",
                "move",
                "newByteChannel")) {
            any = any.or(calls(Files.class, method));
        }
        return any;
    }

    private static DescribedPredicate<JavaCall<?>> drawsWithoutSeed() {
        DescribedPredicate<JavaCall<?>> noArguments = target(rawParameterTypes(new Class<?>[0]));
        return calls(Random.class, "<init>")
                .and(noArguments)
                .or(calls(SplittableRandom.class, "<init>").and(noArguments))
                .or(calls(Math.class, "random"))
                .or(calls(ThreadLocalRandom.class, "current"));
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> type, String method) {
        return target(owner(name(type.getName()))).and(target(name(method)));
    }
}
