using System.Runtime.InteropServices;

namespace Waybill.EndToEnd.Tests.Command;

/// <summary>A test that looks at processes in /proc and sends signals.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has /proc.";
        }
    }
}

/// <summary>A test of the dashboard, which local/package.json brings for this platform alone.</summary>
public sealed class DashboardFactAttribute : FactAttribute
{
    public DashboardFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "The dashboard comes with npm for Linux on x64 only.";
        }
    }
}
