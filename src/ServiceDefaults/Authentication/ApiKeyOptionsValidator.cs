using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Waybill.ServiceDefaults.Authentication;

internal sealed class ApiKeyOptionsValidator : IValidateOptions<ApiKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options)
    {
        var errors = new List<string>();

        foreach (var (index, key) in options.Keys.Index())
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(key, new ValidationContext(key), results, validateAllProperties: true);
            errors.AddRange(results.Select(result => $"{ApiKeyOptions.SectionName}:Keys:{index} ('{key.Name}'): {result.ErrorMessage}"));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
