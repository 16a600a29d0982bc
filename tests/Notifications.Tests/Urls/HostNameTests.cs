using System.Text.Json;
using Waybill.Notifications.Urls;
using Waybill.Notifications.Urls.Unicode;

namespace Waybill.Notifications.Tests.Urls;

/// <summary>Rules out that one host has two names, or that a name means another host than its receiver and everybody's browser think.</summary>
public sealed class HostNameTests
{
    [Fact]
    public void International_names_are_what_another_implementation_of_uts46_makes_of_them()
    {
        var differing = new List<string>();

        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Urls", "uts46-vectors.txt")))
        {
            var (name, expected) = line.Split('\t') is [var quoted, var ascii] ? (JsonSerializer.Deserialize<string>(quoted)!, ascii) : throw new FormatException(line);
            var found = HostName.Normalize(name, out var why) ?? "-";

            if (found != expected || (found == "-") == (why is null))
            {
                differing.Add($"{line}: {found} {why}");
            }
        }

        Assert.Empty(differing);
    }

    [Fact]
    public void The_tables_are_of_one_version_of_Unicode() => Assert.Equal("17.0", UnicodeTables.Instance.Version);

    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("hooks_internal.example", "hooks_internal.example")]
    [InlineData("r3---sn-apo3qvuoxuxbt-j5pe.example", "r3---sn-apo3qvuoxuxbt-j5pe.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example.", "xn--bcher-kva.example")]
    [InlineData("ｂüｃｈｅｒ．example", "xn--bcher-kva.example")]
    [InlineData("bücher。example", "xn--bcher-kva.example")]
    [InlineData("bü\u00adcher.example", "xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("straße.example", "xn--strae-oqa.example")]
    [InlineData("STRAẞE.example", "xn--strae-oqa.example")]
    [InlineData("①②⑦.⓪.⓪.①", "127.0.0.1")]
    [InlineData("１２７。０。０。１", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("0X7F.0X1", "127.0.0.1")]
    [InlineData("0177.0.0.01", "127.0.0.1")]
    [InlineData("0x", "0.0.0.0")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]", "[::1]")]
    [InlineData("[2001:DB8::A]", "[2001:db8::a]")]
    [InlineData("[::FFFF:7F00:1]", "[::ffff:127.0.0.1]")]
    public void A_host_has_one_spelling(string given, string expected)
    {
        Assert.Equal(expected, HostName.Normalize(given, out var why));
        Assert.Null(why);
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData(".", "empty")]
    [InlineData("a..b", "empty")]
    [InlineData("example.com..", "empty")]
    [InlineData("a b", "has the character ' '")]
    [InlineData("a:80", "has the character ':'")]
    [InlineData("a/b", "has the character '/'")]
    [InlineData("a%62", "is percent-encoded")]
    [InlineData("1.2.3.256", "no IPv4 address")]
    [InlineData("1.2.3.4.5", "no IPv4 address")]
    [InlineData("4294967296", "no IPv4 address")]
    [InlineData("08.1", "no IPv4 address")]
    [InlineData("example.0x", "no IPv4 address")]
    [InlineData("99999999999999999999999999", "no IPv4 address")]
    [InlineData("\u202Eabc.example", "has U+202E")]
    [InlineData("a\uFFFDb.example", "has U+FFFD")]
    [InlineData("a\u200Db.example", "invisible joiner")]
    [InlineData("\u0301a.example", "combining mark")]
    [InlineData("אa.example", "RFC 5893")]
    [InlineData("xn--.example", "starts with xn--")]
    [InlineData("xn--a.example", "starts with xn--")]
    [InlineData("xn--99999999999.example", "starts with xn--")]
    [InlineData("xn--u-ccb.example", "stands for what no host name may have")]
    [InlineData("[fe80::1%eth0]", "has a zone")]
    [InlineData("[::1", "no IPv6 address")]
    [InlineData("[1.2.3.4]", "no IPv6 address")]
    [InlineData("[::1]x", "no IPv6 address")]
    [InlineData("[]", "no IPv6 address")]
    public void What_is_no_host_is_refused_with_the_reason(string given, string reason)
    {
        Assert.Null(HostName.Normalize(given, out var why));
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_have_63_characters_at_most_and_names_253()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('b', 61)}";

        Assert.Equal(longest, HostName.Normalize($"{longest}.", out _));
        Assert.Null(HostName.Normalize($"{longest}b", out var tooLong));
        Assert.Contains("253", tooLong);
        Assert.Null(HostName.Normalize($"{label}a.example", out var label64));
        Assert.Contains("63", label64);
        Assert.Null(HostName.Normalize($"{new string('ü', 2000)}.example", out _));
    }
}
