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

/// <summary>The same, once for each row of data.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has /proc.";
        }
    }
}

/// <summary>A test that runs the command in a network of its own, which a machine may forbid.</summary>
public sealed class OwnNetworkFactAttribute : FactAttribute
{
    public OwnNetworkFactAttribute()
    {
        Skip = OwnNetwork.Missing;
    }
}
