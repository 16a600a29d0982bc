namespace Waybill.LocalAws;

/// <summary>Where the tools are installed and looked for. The defaults fit every program that is built in the repository.</summary>
public sealed record LocalToolsOptions
{
    /// <summary>Environment variable that names the <c>local/</c> folder, for programs that run outside the repository.</summary>
    public const string FolderVariable = "WAYBILL_LOCAL";

    /// <summary>The folder with <c>package-lock.json</c>. Default: <see cref="FolderVariable"/>, else <c>local/</c> in a folder above the program.</summary>
    public string? Folder { get; init; }

    /// <summary>Folders in which <c>node</c> and <c>npm</c> are looked for. Default: the PATH of this process.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";
}
