using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The original's rules for names, so that a name that works here works there.</summary>
internal static partial class ResourceName
{
    private const int MaxLength = 64;

    public static void Check(string name, IResourceCollection others)
    {
        if (name.Length > MaxLength || !Valid().IsMatch(name))
        {
            throw new DistributedApplicationException(
                $"Resource name '{name}' is invalid: a letter first, then letters, digits and single hyphens, "
                + $"no hyphen last, at most {MaxLength} characters.");
        }

        if (others.Any(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"Cannot add resource '{name}': a resource with that name is there already.");
        }
    }

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9])*$")]
    private static partial Regex Valid();
}
