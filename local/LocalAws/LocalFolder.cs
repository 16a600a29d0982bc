namespace Waybill.LocalAws;

/// <summary>Finds the repository's <c>local/</c> folder from a program that was built in the repository.</summary>
internal static class LocalFolder
{
    public static string Find(string? configured)
    {
        configured ??= Environment.GetEnvironmentVariable(LocalToolsOptions.FolderVariable);

        if (!string.IsNullOrEmpty(configured))
        {
            return IsLocalFolder(configured)
                ? Path.GetFullPath(configured)
                : throw new LocalToolsException($"{configured} has no package-lock.json, so it is not the local/ folder of a Waybill repository.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "local");

            if (IsLocalFolder(candidate))
            {
                return candidate;
            }
        }

        throw new LocalToolsException(
            $"No folder above {AppContext.BaseDirectory} has local/package-lock.json. " +
            $"Run from a clone of the repository, or set {LocalToolsOptions.FolderVariable} to its local/ folder.");
    }

    private static bool IsLocalFolder(string folder) =>
        File.Exists(Path.Combine(folder, "package-lock.json"));
}
