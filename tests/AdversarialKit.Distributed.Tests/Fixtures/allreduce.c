/* What a C program gets: the median rate of sums of float32 in place, in bytes of the tensor a second.
   Built with mpicc; started as mpirun -n 2 allreduce FLOATS TIMES. Rank 0 prints "rate: NUMBER". */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void sum(float *numbers, int floats)
{
    MPI_Allreduce(MPI_IN_PLACE, numbers, floats, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
}

int main(int argc, char **argv)
{
    int rank, size, floats = argc > 1 ? atoi(argv[1]) : 2000000, times = argc > 2 ? atoi(argv[2]) : 100;
    float *numbers = malloc(sizeof(float) * floats);
    double *seconds = malloc(sizeof(double) * times);
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    for (int i = 0; i < floats; i++)
        numbers[i] = 1;
    sum(numbers, floats);
    if (numbers[0] != size || numbers[floats - 1] != size)
        MPI_Abort(MPI_COMM_WORLD, 1);
    for (int i = 0; i < floats; i++)
        numbers[i] = 0;
    for (int i = 0; i < times; i++) {
        double start = MPI_Wtime();
        sum(numbers, floats);
        seconds[i] = MPI_Wtime() - start;
    }
    qsort(seconds, times, sizeof(double), ascending);
    if (rank == 0)
        printf("rate: %.0f\n", sizeof(float) * (double)floats / ((seconds[(times - 1) / 2] + seconds[times / 2]) / 2));
    MPI_Finalize();
    return 0;
}
