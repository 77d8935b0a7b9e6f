#!/usr/bin/env bash
#SBATCH --job-name=gan
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=4
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --signal=TERM@120
# 120 seconds before the end of its time every rank is told to stop, and a checkpoint is written: submit again to go on.
set -euo pipefail
export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK
resume=()
[[ -e /shared/runs/gan/checkpoints/latest ]] && resume=(--resume)
# Open MPI: --mpi=pmix. MPICH and Intel MPI: --mpi=pmi2.
srun --mpi=pmix dotnet /opt/gan/MnistGan.dll --distributed --threads "$SLURM_CPUS_PER_TASK" --out /shared/runs/gan "${resume[@]}"
