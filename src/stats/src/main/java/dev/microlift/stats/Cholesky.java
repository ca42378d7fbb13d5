package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/** Triangular root of a symmetric positive definite matrix: solves with it and inverts it. */
final class Cholesky {
    private final double[][] root;

    private Cholesky(double[][] root) {
        this.root = root;
    }

    /** The root, or null if a pivot is not above {@code leastPivot} times its diagonal element. */
    static @Nullable Cholesky of(double[][] matrix, double leastPivot) {
        int size = matrix.length;
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                root[i][j] = (matrix[i][j] - dot(root[i], root[j], j)) / root[j][j];
            }
            double pivot = matrix[i][i] - dot(root[i], root[i], i);
            if (!(pivot > leastPivot * matrix[i][i])) {
                return null;
            }
            root[i][i] = Math.sqrt(pivot);
        }
        return new Cholesky(root);
    }

    private static double dot(double[] a, double[] b, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    double[] solve(double[] right) {
        int size = root.length;
        double[] x = right.clone();
        for (int i = 0; i < size; i++) {
            x[i] = (x[i] - dot(root[i], x, i)) / root[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= root[k][i] * x[k];
            }
            x[i] /= root[i][i];
        }
        return x;
    }

    double[] diagonalOfInverse() {
        double[] diagonal = new double[root.length];
        for (int i = 0; i < diagonal.length; i++) {
            double[] unit = new double[diagonal.length];
            unit[i] = 1;
            diagonal[i] = solve(unit)[i];
        }
        return diagonal;
    }
}
