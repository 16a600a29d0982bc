using System.Xml.Linq;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>What the repository says of versions.</summary>
internal static class Versions
{
    private const string Extensions = "Microsoft.Extensions.Http";

    /// <summary>Of each package.</summary>
    public static string Own { get; } = Read("Directory.Build.props").Descendants("Version").Single().Value;

    /// <summary>That Microsoft's own packages come in together.</summary>
    public static string OfExtensions { get; } =
        (string)Read("Directory.Packages.props").Descendants("PackageVersion").Single(package => (string?)package.Attribute("Include") == Extensions).Attribute("Version")!;

    /// <summary>That the AppHosts of the repository are built with.</summary>
    public static string OfAspireSdk { get; } = ((string)Read("src/AppHost/AppHost.csproj").Root!.Attribute("Sdk")!).Split('/')[1];

    private static XDocument Read(string file) => XDocument.Load(Path.Combine(Repository.Root, file));
}
