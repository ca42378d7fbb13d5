package dev.microlift.server.launch;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the sources say of the settings: docstrings are in no class file, so they are read by the compiler's own parser.
 *
 * @param mappings the interfaces that declare settings, by their full names
 * @param meanings the docstring of each setting, by its name
 */
record SettingSources(List<String> mappings, Map<String, String> meanings) {

    static SettingSources read(Path sources) {
        SettingSources read = new SettingSources(new ArrayList<>(), new TreeMap<>());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, null, null, files.getJavaFileObjectsFromPaths(mappings(sources)));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                TreePath root = new TreePath(unit);
                ClassTree type = (ClassTree) unit.getTypeDecls().get(0);
                read.mappings.add(unit.getPackageName() + "." + type.getSimpleName());
                read.declare(prefix(type), new TreePath(root, type), docs);
            }
            return read;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> mappings(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(SettingSources::declaresSettings)
                    .sorted()
                    .toList();
        }
    }

    private static boolean declaresSettings(Path file) {
        try {
            return Files.readString(file).contains("\n@ConfigMapping(");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String prefix(ClassTree type) {
        return type.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals("ConfigMapping"))
                .map(SettingSources::value)
                .findFirst()
                .orElseThrow();
    }

    private static String value(AnnotationTree annotation) {
        AssignmentTree argument = (AssignmentTree) annotation.getArguments().get(0);
        return ((com.sun.source.tree.LiteralTree) argument.getExpression())
                .getValue()
                .toString();
    }

    private void declare(String prefix, TreePath group, DocTrees docs) {
        for (Tree member : ((ClassTree) group.getLeaf()).getMembers()) {
            if (member instanceof MethodTree method) {
                String name = prefix + "." + StringUtil.skewer(method.getName().toString());
                inner(group, method)
                        .ifPresentOrElse(
                                within -> declare(name, within, docs),
                                () -> meanings.put(name, text(docs, new TreePath(group, method))));
            }
        }
    }

    /** The interface inside this one that a method gives, if it gives one: a group of settings. */
    private static Optional<TreePath> inner(TreePath group, MethodTree method) {
        return ((ClassTree) group.getLeaf())
                .getMembers().stream()
                        .filter(member -> member instanceof ClassTree type
                                && type.getSimpleName()
                                        .contentEquals(method.getReturnType().toString()))
                        .map(member -> new TreePath(group, member))
                        .findFirst();
    }

    private static String text(DocTrees docs, TreePath method) {
        return docs.getDocCommentTree(method).getFullBody().stream()
                .map(SettingSources::plain)
                .collect(joining())
                .replaceAll("\\s+", " ");
    }

    private static String plain(DocTree part) {
        return part instanceof LiteralTree code ? "`" + code.getBody() + "`" : part.toString();
    }
}
