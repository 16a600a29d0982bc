using Amazon.CDK;

namespace Waybill.Infra.Permissions;

/// <summary>
/// Writes into a resource's metadata why statements of its policy name <c>*</c>, by their Sid. A test fails for a statement without a reason.
/// </summary>
internal static class AnyResource
{
    public const string MetadataKey = "AnyResourceBecause";

    public static void Explain(CfnResource resource, IReadOnlyDictionary<string, string> reasonsBySid)
    {
        if (reasonsBySid.Count > 0)
        {
            resource.AddMetadata(MetadataKey, reasonsBySid.ToDictionary(reason => reason.Key, reason => (object)reason.Value));
        }
    }
}
