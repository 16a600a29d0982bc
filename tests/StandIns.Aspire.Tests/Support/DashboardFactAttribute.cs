namespace StandIns.Aspire.Tests.Support;

/// <summary>A test with the published dashboard; skipped, with that reason, where its npm package is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DashboardFactAttribute : FactAttribute
{
    public DashboardFactAttribute()
    {
        if (!IsInstalled())
        {
            Skip = "The published dashboard is not installed: npm ci in local/, or set ASPIRE_DASHBOARD_PATH.";
        }
    }

    private static bool IsInstalled()
    {
        if (Environment.GetEnvironmentVariable("ASPIRE_DASHBOARD_PATH") is { Length: > 0 } program)
        {
            return File.Exists(program);
        }

        for (var folder = new DirectoryInfo(Projects.SampleAppHost.ProjectPath); folder is not null; folder = folder.Parent)
        {
            var packages = Path.Combine(folder.FullName, "local", "node_modules", "@microsoft");

            if (Directory.Exists(packages) && Directory.EnumerateDirectories(packages, "aspire-cli-*").Any())
            {
                return true;
            }
        }

        return false;
    }
}
