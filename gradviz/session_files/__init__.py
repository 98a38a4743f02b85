"""Session files, `.gviz`: a zip of a JSON text and tensors as safetensors, without any code."""

from gradviz.session_files.contents import SCHEMA as SCHEMA
from gradviz.session_files.contents import SUFFIX as SUFFIX
from gradviz.session_files.contents import Flow as Flow
from gradviz.session_files.contents import SavedSession as SavedSession
from gradviz.session_files.contents import View as View
from gradviz.session_files.reading import StoredSession as StoredSession
from gradviz.session_files.reading import names_session as names_session
from gradviz.session_files.reading import read_session as read_session
from gradviz.session_files.recordings import SavedPass as SavedPass
from gradviz.session_files.recordings import SavedRecording as SavedRecording
from gradviz.session_files.recordings import StoredRecording as StoredRecording
from gradviz.session_files.recordings import TensorPlaces as TensorPlaces
from gradviz.session_files.recordings import holds_recording as holds_recording
from gradviz.session_files.recordings import read_recording as read_recording
from gradviz.session_files.recordings import recording_in as recording_in
from gradviz.session_files.recordings import write_recording as write_recording
from gradviz.session_files.writing import write_session as write_session
