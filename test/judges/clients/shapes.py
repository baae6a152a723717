"""Whether an answer, as it came over the wire, is what botocore's model of the service says that it is."""
import base64
import binascii

TEXTS = {"string", "character"}
NUMBERS = {"integer": int, "long": int, "float": (int, float), "double": (int, float), "timestamp": (int, float)}


def find_faults(shape, value, where="answer"):
    """Faults of the answer against the shape, each a place and what is wrong there."""
    kind = shape.type_name
    if kind == "structure":
        return structure_faults(shape, value, where)
    if kind == "list":
        if not isinstance(value, list):
            return [(where, "is no list")]
        return [fault for at, item in enumerate(value) for fault in find_faults(shape.member, item, f"{where}[{at}]")]
    if kind == "map":
        if not isinstance(value, dict):
            return [(where, "is no map")]
        return [fault for key, item in value.items() for fault in find_faults(shape.value, item, f"{where}.{key}")]
    return scalar_faults(shape, value, where)


def structure_faults(shape, value, where):
    if not isinstance(value, dict):
        return [(where, "is no structure")]
    faults = [(f"{where}.{name}", "is missing") for name in shape.required_members if value.get(name) is None]
    if getattr(shape, "is_tagged_union", False) and len(value) != 1:
        faults.append((where, f"has {len(value)} members of a union"))
    for name, item in value.items():
        member = shape.members.get(name)
        if member is None:
            faults.append((f"{where}.{name}", "is unknown"))
        else:
            faults += find_faults(member, item, f"{where}.{name}")
    return faults


def scalar_faults(shape, value, where):
    kind = shape.type_name
    if kind == "boolean":
        return [] if isinstance(value, bool) else [(where, "is no boolean")]
    if kind == "blob":
        return blob_faults(value, where)
    if kind in TEXTS:
        return text_faults(shape, value, where)
    if kind not in NUMBERS:
        return [(where, f"is of an unknown type, {kind}")]
    if isinstance(value, bool) or not isinstance(value, NUMBERS[kind]):
        return [(where, f"is no {kind}")]
    # Seconds since 1970, not milliseconds: until the year 2100.
    if kind == "timestamp" and not 0 < value < 4_102_444_800:
        return [(where, "is no time in seconds")]
    return range_faults(shape, value, where)


def blob_faults(value, where):
    try:
        base64.b64decode(value, validate=True)
        return []
    except (TypeError, ValueError, binascii.Error):
        return [(where, "is no base64")]


def text_faults(shape, value, where):
    if not isinstance(value, str):
        return [(where, "is no text")]
    if shape.enum and value not in shape.enum:
        return [(where, f"is {value}, which is none of the values that there are")]
    return range_faults(shape, len(value), where)


def range_faults(shape, size, where):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    too_small = least is not None and size < least
    too_large = most is not None and size > most
    return [(where, f"is out of its range, {least} to {most}")] if too_small or too_large else []
