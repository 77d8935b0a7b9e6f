namespace AdversarialKit;

/// <summary>What a <see cref="PictureJudge"/> is at, for work that takes seconds.</summary>
/// <param name="Work">What it does, such as <c>Training the judge</c>.</param>
/// <param name="Share">The share of it that is done, 0 to 1.</param>
public readonly record struct JudgeProgress(string Work, double Share);
