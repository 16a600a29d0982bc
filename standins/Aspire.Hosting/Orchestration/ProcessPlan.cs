namespace Aspire.Hosting.Orchestration;

/// <summary>All that is needed to start the process of a resource.</summary>
internal sealed record ProcessPlan(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment);
