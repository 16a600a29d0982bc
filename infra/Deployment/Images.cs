using System.Text.RegularExpressions;

namespace Waybill.Infra.Deployment;

/// <summary>
/// The images that run, each by the digest that its push printed. A tag can be moved to another image and a digest cannot, so what was
/// tested is what runs, and giving the digests of before is a roll back.
/// </summary>
internal sealed partial record Images(string Intake, string Status, string Worker, string Collector)
{
    public static readonly string HowToGiveThem =
        "WaybillServices and WaybillObservability are left out, as no images are given. Push them, and then name their digests: " +
        string.Join(' ', Names.Select(name => $"-c {name}=sha256:…"));

    private static IReadOnlyList<string> Names => ["intakeDigest", "statusDigest", "workerDigest", "collectorDigest"];

    /// <returns>Null when none is given.</returns>
    /// <exception cref="SettingException">Some are missing, or one is not a digest.</exception>
    public static Images? Read(Context context)
    {
        var given = Names.Select(context.Text).ToArray();

        if (given.All(digest => digest is null))
        {
            return null;
        }

        foreach (var (index, name) in Names.Index())
        {
            if (given[index] is not { } digest || !Digest().IsMatch(digest))
            {
                throw new SettingException($"The context value {name} must be a digest, 'sha256:' and 64 hexadecimal digits, not '{given[index]}'. Tags are not taken.");
            }
        }

        return new Images(given[0]!, given[1]!, given[2]!, given[3]!);
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
