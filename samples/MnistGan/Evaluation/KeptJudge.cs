namespace MnistGan;

/// <summary>The judge of a data set: trained when it is first needed on a machine, and kept.</summary>
internal sealed class KeptJudge(JudgeSettings settings, Surroundings around, StatusLine status)
{
    /// <summary>Reads the judge from the cache folder, or trains it and puts it there; the caller disposes it.</summary>
    public Judge Open(JudgeData data, CancellationToken token)
    {
        var file = new JudgeFile(around.CacheFolder, "judge-" + data.Name);
        if (file.Exists)
        {
            return file.Read(settings.LeastAccuracy);
        }

        var judge = new JudgeTraining(settings, status).Train(data, token);
        judge.Save(file);
        return judge;
    }
}
