using System.Text.Json.Serialization;

namespace Waybill.Receiver.Verification;

/// <summary>What a request's signature is worth.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignatureState>))]
public enum SignatureState
{
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>One of the three headers is missing.</summary>
    [JsonStringEnumMemberName("absent")]
    Absent,

    /// <summary>No signature was made with one of the secrets, over this id, time and body.</summary>
    [JsonStringEnumMemberName("wrong")]
    Wrong,

    /// <summary>Its time is too long ago: somebody may send again what he once overheard.</summary>
    [JsonStringEnumMemberName("too-old")]
    TooOld,

    /// <summary>Its time is too far ahead: one of the two clocks is wrong.</summary>
    [JsonStringEnumMemberName("too-new")]
    TooNew,
}
