using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using Waybill.TestSupport;

namespace Waybill.Packages.Tests;

/// <summary>
/// Rules out that a release takes away what programs of its users call, and that a debugger does not find the sources. A clone of a clone is
/// packed for it, one project of it.
/// </summary>
[Collection(PackedCollection.Name)]
[Trait(Ladder.Name, Ladder.Full)]
public sealed class CopyTests(Packed packed)
{
    private const string Project = "src/Contracts/Contracts.csproj";
    private const string Vocabulary = "src/Contracts/Records/Vocabulary.cs";
    private const string Origin = "https://github.com/example/waybill";

    /// <summary>Of the description of a PDB's sources, by Portable PDB's specification.</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private static readonly string[] Copied =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", "global.json", "clients/Package.targets"];

    [Fact]
    public async Task Sources_are_linked_and_a_public_member_that_is_gone_fails_the_pack()
    {
        var copy = await CopyAsync();

        await PackAsync(copy, "linked");
        Assert.StartsWith("https://raw.githubusercontent.com/example/waybill/", LinkedFrom(Path.Combine(copy, "linked")), StringComparison.Ordinal);

        var source = Path.Combine(copy, Vocabulary);
        var text = await File.ReadAllTextAsync(source);
        var changed = text.Replace("public static bool IsKnown<T>", "internal static bool IsKnown<T>", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        await File.WriteAllTextAsync(source, changed);

        var broken = await Assert.ThrowsAsync<InvalidOperationException>(
            () => PackAsync(copy, "broken", $"-p:PackageValidationBaselinePath={packed.FileOf(Package.Of("Waybill.Contracts"))}"));

        Assert.Contains("CP0002", broken.Message, StringComparison.Ordinal);
        Assert.Contains("IsKnown", broken.Message, StringComparison.Ordinal);
    }

    private async Task PackAsync(string copy, string output, params string[] more) =>
        await Tool.RunAsync(copy, packed.Environment, "dotnet", ["pack", Project, "-c", "Release", "-o", output, .. more]);

    private async Task<string> CopyAsync()
    {
        var copy = packed.NewFolder();

        foreach (var file in Copied.Concat(Sources()))
        {
            var target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, file), target);
        }

        foreach (var arguments in new string[][]
        {
            ["init", "-q"],
            ["add", "--all"],
            ["-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "All of it"],
            ["remote", "add", "origin", Origin],
        })
        {
            await Tool.RunAsync(copy, packed.Environment, "git", arguments);
        }

        return copy;
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Contracts"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    /// <returns>Where the symbols say that their sources are.</returns>
    private static string LinkedFrom(string folder)
    {
        using var archive = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, "*.snupkg")));
        using var content = new MemoryStream();
        archive.Entries.Single(entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)).Open().CopyTo(content);
        content.Position = 0;

        using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
        var reader = provider.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(one => reader.GetGuid(one.Kind) == SourceLink);

        return JsonElement.Parse(Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value))).GetProperty("documents").EnumerateObject().First().Value.GetString()!;
    }
}
