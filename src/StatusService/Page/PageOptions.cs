using System.ComponentModel.DataAnnotations;

namespace Waybill.StatusService.Page;

/// <summary>The operator page and the sessions of those who sign in to it.</summary>
public sealed class PageOptions
{
    public const string SectionName = "Page";

    /// <summary>
    /// Signs the session cookies; at least 32 characters. Unset, each process makes its own: sessions then end with it, and
    /// several replicas do not know each other's.
    /// </summary>
    [MinLength(32)]
    public string? SessionSecret { get; set; }

    /// <summary>Minutes until a session ends, whether it is used or not.</summary>
    [Range(0.1, 10_080)]
    public double SessionMinutes { get; set; } = 480;

    /// <summary>Address of a trace, with <c>{traceId}</c> in it; unset, trace ids are shown without a link.</summary>
    [RegularExpression("^https?://.+\\{traceId\\}.*$", ErrorMessage = "Page:TraceUrl must be an http or https address with {traceId} in it.")]
    public string? TraceUrl { get; set; }
}
